"""One module a command, each defining ``COMMAND``; see `kg.cli.command`."""
