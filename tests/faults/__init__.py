"""What goes wrong with machines: processes that are killed, a full disk, a database that restarts, clocks that jump."""
