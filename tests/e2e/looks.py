"""How pages are looked at: both widths and both colour schemes, each once; `make pictures` draws all four.

What is wrong with a width or with a scheme shows in one of the two.
"""

PHONE_DARK, DESK_LIGHT = (390, "dark"), (1280, "light")
LOOKS = [PHONE_DARK, DESK_LIGHT]
