"""In which unit somebody is counted while a round runs: that of the launch, whatever was moved since.

Only an unused invitation can be moved. A number that followed would tell who has not answered.
"""

from django.db.models.functions import Coalesce

ASKED_IN = Coalesce("asked_in_id", "unit_id")
