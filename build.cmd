@echo off
rem build.cmd run | test | build : builds NasMl from NuGet packages.
cd /d "%~dp0"
if "%1"=="run" goto run
if "%1"=="test" goto test
if "%1"=="build" goto build
echo usage: build.cmd run ^| test ^| build
exit /b 2
:run
dotnet run --project samples\QuickStart -c Release
exit /b %ERRORLEVEL%
:test
dotnet test NasMl.sln -c Release -m:1
exit /b %ERRORLEVEL%
:build
dotnet build NasMl.sln -c Release
exit /b %ERRORLEVEL%
