"""The demo city's fiscal year, invented from a seed and nine stories: values only, no database."""

from gongzhi.city.invented.values import CityYear, Venture
from gongzhi.city.invented.year import digest, invent, the_year

__all__ = ["CityYear", "Venture", "digest", "invent", "the_year"]
