"""From Excel forms to one trusted workbook: the road of a quality-objective report through a Sở."""
