-- Each initiative of an adopted plan once, in the year of its plan.
SELECT
  office_initiatives.initiative,
  office_initiatives.initiative AS person,
  calendar_years.period,
  office_initiatives.followed_up AS numerator,
  1 AS denominator
FROM office_initiatives
JOIN calendar_years ON calendar_years.year = office_initiatives.year
