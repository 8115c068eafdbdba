"""The secretary's desk: what each command does beside the run, a module each; ``cli`` only takes options and prints."""
