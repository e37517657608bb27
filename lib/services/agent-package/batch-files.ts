/**
 * The batch files take no input: they only read which folder they are in. Messages follow labels and are not in
 * parentheses, because a path such as "C:\Program Files (x86)" would close those.
 */
function windowsText(lines: string): string {
  return lines.trimStart().replaceAll("\n", "\r\n");
}

const notAdministrator = (file: string) => String.raw`:not_administrator
echo Administrator rights are required.
echo Right-click ${file} and choose "Run as administrator".
set "CODE=5"
goto end
`;

const NO_AGENT = String.raw`:no_agent
echo winagentUSM.exe is not in the folder of this file:
echo "%~dp0"`;

const END = String.raw`:end
if /i not "%~1"=="/quiet" pause
exit /b %CODE%
`;

export const INSTALL_BAT = windowsText(String.raw`
@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Installs, or upgrades in place, the WinAuthMon agent as a Windows service.
rem Run it as administrator from the extracted folder. With /quiet it does not wait for a key.
set "AGENT=%~dp0winagentUSM.exe"
set "CONFIG=%~dp0config.ini"

fltmc >nul 2>&1
if errorlevel 1 goto not_administrator
if not exist "%AGENT%" goto no_agent
if not exist "%CONFIG%" goto no_config

"%AGENT%" -service install -config "%CONFIG%"
if errorlevel 1 goto install_failed
"%AGENT%" -service start
if errorlevel 1 goto start_failed

echo.
echo The agent is installed and running.
"%AGENT%" -check -config "%CONFIG%"
if errorlevel 1 goto check_failed
set "CODE=0"
goto end

${notAdministrator("install_service.bat")}
${NO_AGENT}
echo Extract the whole zip file first. If it contains no winagentUSM.exe, copy that file here.
set "CODE=2"
goto end

:no_config
echo config.ini is not in the folder of this file:
echo "%~dp0"
echo Extract the whole zip file first.
set "CODE=2"
goto end

:install_failed
echo The service couldn't be installed. See the reason above.
set "CODE=1"
goto end

:start_failed
echo The service is installed, but couldn't be started. See the reason above.
set "CODE=1"
goto end

:check_failed
echo The service is running, but can't reach the server or the server refused the API key. See the reason above.
echo The agent keeps its events and sends them when it can.
set "CODE=1"
goto end

${END}`);

export const UNINSTALL_BAT = windowsText(String.raw`
@echo off
setlocal EnableExtensions DisableDelayedExpansion
rem Stops and removes the WinAuthMon agent's service. With /quiet it does not wait for a key.
set "AGENT=%~dp0winagentUSM.exe"

fltmc >nul 2>&1
if errorlevel 1 goto not_administrator
if not exist "%AGENT%" goto no_agent

"%AGENT%" -service uninstall
if errorlevel 1 goto failed
echo The service is removed. Logs and settings stay in the installation folder until you delete it.
set "CODE=0"
goto end

${notAdministrator("uninstall.bat")}
${NO_AGENT}
set "CODE=2"
goto end

:failed
echo The service couldn't be removed. See the reason above.
set "CODE=1"
goto end

${END}`);
