module winauthmon/agent

go 1.19
