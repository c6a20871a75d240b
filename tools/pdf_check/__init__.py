"""`make pdf-check`: every kind of PDF that Leerscan makes, against all rules of PDF/UA-1 and what they cannot see."""
