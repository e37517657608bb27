package install

import "strings"

// uninstallText removes the service and the folder it lies in. Events that the server
// doesn't have yet are kept unless /purge is given; /quiet skips the pause. The last line
// leaves the batch file before its folder goes. Paths stand in quotes, because one such as
// "C:\Program Files (x86)" would close parentheses.
const uninstallText = `@echo off
setlocal enableextensions
rem Removes the WinAuthMon agent. Options: /purge also deletes unsent events, /quiet does not pause.
set "DIR=%~dp0"
set "DIR=%DIR:~0,-1%"
set "PURGE="
set "QUIET="
for %%A in (%*) do (
  if /i "%%~A"=="/purge" set "PURGE=1"
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
set "KEEP="
if not defined PURGE if exist "%DIR%\spool\*.spool" set "KEEP=1"
if defined KEEP (
  echo Some events have not been sent yet. They stay in "%DIR%\spool"
  echo and are sent when you install the agent again. Use /purge to delete them.
  del /f /q "%DIR%\winagentUSM.exe" "%DIR%\config.ini" "%DIR%\state.json" >nul 2>&1
  if not defined QUIET pause
  (goto) 2>nul & del /f /q "%DIR%\uninstall.bat"
)
echo The agent was removed.
if not defined QUIET pause
(goto) 2>nul & rmdir /s /q "%DIR%"
`

func uninstallBat() string { return strings.ReplaceAll(uninstallText, "\n", "\r\n") }
