"""Who supervises: the functionaris gegevensbescherming, who sees who looked and never what he saw.

AVG 38 and 39; WGS 1.8 lid 4.
"""

from partners.models import Role

SUPERVISORS = (Role.FG,)
"""Who read the whole access log and ask who may see what. They know no case."""
