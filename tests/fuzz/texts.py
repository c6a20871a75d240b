"""What somebody could send who means harm, or whose program is broken."""

from hypothesis import strategies as st

NUMBERS = (
    "0", "-1", "1", "5", "6", "41", "2147483648", "9223372036854775808", "1" * 30, "1" * 5_000, "1e308", "NaN",
    "Infinity", "5.0", "+5", " 5 ", "0x10", "1_000", "१२", "५", "²", "True", "None",
)  # fmt: skip
DATES = (
    "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-1-1", "31-12-9999", "1-1-1", "01-01-0001",
    "2026-W01-1", "0000-00-00", "2026-06-01T00:00", "25:00", "00:00", "23:59:59.999999", "-2026-01-01",
)  # fmt: skip
TEXTS = (
    "", " ", "\t\r\n", "a", "\x00", "a\x00b", "\x01\x1b\x7f\x85", "\u202eabc", "\u200b", "\ufeffa", "\ufffe",
    "e\u0301", "\U0001f468\u200d\U0001f469", "I\u0307", "ﬀ", "＝1+1", "=cmd|'/C calc'!A0", "@SUM(1)",
    "<script>alert(1)</script>", "{{ 7|add:7 }}{% now 'Y' %}", "%s %(name)s {0} {department}", "' OR 1=1 --",
    "a\nBcc: x@example.test", "../../etc/passwd", "//elders.example/", "https://elders.example/",
    "javascript:alert(1)", "file:///etc/passwd", "a@b", "a@b.c", "anna@example.test", "ANNA@EXAMPLE.TEST",
    "x@" + "a" * 260 + ".nl", "\"a b\"@example.test", "é@example.test", "a@é.example", "[]", "{}", "null", "on", "nl",
    "en", "xx", "Zorg / Keuken", " / ", "/", "zorg/", "a" * 61, "a" * 121, "a" * 256, "ab " * 2_000, "\n" * 5_000,
    "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-00000000000g", "ÿ" * 300, "%00", "%ff", "&",
    "a=b&c=d", ";", "ABCD-EFGH-JKMN", "0000-0000-0000",
)  # fmt: skip
HUGE = ("x" * 100_000, "9" * 100_000, "[" * 50_000, "é\u202e\x00" * 20_000)
RAW = (
    b"%",
    b"%zz",
    b"%ff",
    b"%ed%a0%80",
    b"%00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"%F0%9F%98%80",
    b"+",
    b"%C0%AF",
    b"%2e%2e%2f",
)
"""Not what any text becomes when it is sent as it should be."""

anything = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(NUMBERS + DATES),
    st.sampled_from(TEXTS + NUMBERS + DATES),
    st.text(max_size=30),
    st.sampled_from(HUGE),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)
