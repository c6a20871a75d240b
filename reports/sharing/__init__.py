"""A report shared by a link with somebody who has no account: one unit, one release, until a day (decision 0017)."""
