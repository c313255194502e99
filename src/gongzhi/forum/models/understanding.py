"""How often readers said that they understood a page: counts by kind of page and day, of nobody."""

from django.db import models

PAGE_MAX = 60


class UnderstoodCount(models.Model):
    """How many readers understood a page on a day, and how many didn't; of nobody in particular."""

    page = models.CharField(max_length=PAGE_MAX)
    day = models.DateField()
    understood = models.PositiveIntegerField(default=0)
    not_understood = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "page"]
        constraints = [
            models.UniqueConstraint(name="one_count_a_page_and_day", fields=["page", "day"])
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.day}"
