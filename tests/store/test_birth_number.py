"""Birth numbers are found however they are written, and what only resembles one is left alone."""

import pytest

from wizard.store.birth_number import find_birth_number


@pytest.mark.parametrize(
    "text",
    [
        "15108695088",
        "Hun heter 151086 95088, tror jeg",
        "15 10 86 95088",
        "15.10.86-95088",
        "15/10-86 950 88",
        "15.10.1986 95088",
        "f.15.10.1986, 95088",
        "nr:15108695088.",
        "tlf 91234567 15108695088",
        "12 15108695088",
        "151086\n95088",
        "١٥١٠٨٦٩٥٠٨٨",
        "１５１０８６９５０８８",
        "15108\u200b695088",
        "151086\u00a095088",
        "15108695089",  # one digit wrong, and still somebody's birthday
        "55108695088",  # D-number
        "15508695088",  # H-number, and synthetic from Nav
        "15758695088",  # synthetic
        "15908695088",  # synthetic from Skatteetaten
        "80000000098",  # FH-number
    ],
)
def test_it_is_found(text: str) -> None:
    assert find_birth_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "91 23 45 67",
        "+4791234567",
        "+15108695088",
        "91234567 98765432",
        "2026-0042-K",
        "22. november 2026 kl. 10.15",
        "Frist 12.11.2026, ring kl. 12-14",
        "32108695088",  # no such day
        "15138695088",  # no such month
        "151086950881",
        "0015108695088123",
    ],
)
def test_what_only_resembles_one_is_left_alone(text: str) -> None:
    assert not find_birth_number(text)
