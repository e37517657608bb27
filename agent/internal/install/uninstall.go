package install

import "strings"

// uninstallText removes the service and the agent's own files; what goes and what stays is
// Erase's. The last line leaves the batch file before its folder goes, which stays when
// there is anything else in it. Paths stand in quotes, because one such as
// "C:\Program Files (x86)" would close parentheses.
const uninstallText = `@echo off
setlocal enableextensions
rem Removes the WinAuthMon agent. Options: /purge also deletes unsent events, /quiet does not pause.
set "DIR=%~dp0"
set "DIR=%DIR:~0,-1%"
set "PURGE="
set "QUIET="
for %%A in (%*) do (
  if /i "%%~A"=="/purge" set "PURGE=-purge"
  if /i "%%~A"=="/quiet" set "QUIET=1"
)
fltmc >nul 2>&1
if errorlevel 1 (
  echo Administrator rights are required: right-click uninstall.bat and choose "Run as administrator".
  if not defined QUIET pause
  exit /b 5
)
if not exist "%DIR%\winagentUSM.exe" (
  echo winagentUSM.exe is not in "%DIR%". Nothing was removed.
  if not defined QUIET pause
  exit /b 2
)
"%DIR%\winagentUSM.exe" -service uninstall
if errorlevel 1 (
  echo The service could not be removed. Nothing was deleted.
  if not defined QUIET pause
  exit /b 1
)
cd /d "%SystemRoot%"
"%DIR%\winagentUSM.exe" -service erase %PURGE%
if errorlevel 1 goto files_left
del /f /q "%DIR%\winagentUSM.exe" >nul 2>&1
if not exist "%DIR%\winagentUSM.exe" goto removed
:files_left
echo The service was removed, but some files could not be deleted. Run this file again.
if not defined QUIET pause
exit /b 1
:removed
echo The agent was removed.
if not defined QUIET pause
(goto) 2>nul & del /f /q "%DIR%\uninstall.bat" & rmdir "%DIR%" >nul 2>&1 || ver >nul
`

func uninstallBat() string { return strings.ReplaceAll(uninstallText, "\n", "\r\n") }
