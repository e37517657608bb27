/** A command that sends a first event from a Unix shell. */
export function curlLine(serverUrl: string, apiKey: string): string {
  const body =
    '{"EventType":"Logon","UserName":"anna","ComputerName":"PC-01","Timestamp":"\'$(date -u +%FT%TZ)\'"}';
  return `curl -X POST ${serverUrl}/api/log_event \\\n  -H "X-API-Key: ${apiKey}" \\\n  -d '${body}'`;
}

/** The same for Windows PowerShell 5.1 as well as later ones. */
export function powerShellLines(serverUrl: string, apiKey: string): string {
  return [
    "$body = @{",
    '  EventType = "Logon"; UserName = "anna"; ComputerName = "PC-01"',
    '  Timestamp = (Get-Date).ToUniversalTime().ToString("o")',
    "} | ConvertTo-Json",
    `Invoke-RestMethod -Method Post -Uri "${serverUrl}/api/log_event" -ContentType "application/json" \``,
    `  -Headers @{ "X-API-Key" = "${apiKey}" } -Body $body`,
  ].join("\n");
}
