from organisations.models import User
from tests.cast import Cast


def test_the_cast_is_there(cast: Cast) -> None:
    assert User.objects.count() == 7
