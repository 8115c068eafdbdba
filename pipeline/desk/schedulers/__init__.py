"""The times of the run in the language of each scheduler: systemd, cron, the Task Scheduler of Windows. Pure."""
