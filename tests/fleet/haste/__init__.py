"""An app that shortens the waits of jobs, in the processes of fleet tests only."""
