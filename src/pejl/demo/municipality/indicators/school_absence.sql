-- Days of absence of every kind over school days, for each pupil and school year, by the kind of class.
WITH absent AS (
  SELECT
    school_absence.person,
    calendar_school_years.period,
    sum(school_absence.illness_days + school_absence.lawful_days + school_absence.unlawful_days) AS days,
    sum(school_absence.school_days) AS school_days
  FROM school_absence
  JOIN calendar_school_years
    ON school_absence.month_first BETWEEN calendar_school_years.first_day AND calendar_school_years.last_day
  GROUP BY school_absence.person, calendar_school_years.period
)
SELECT
  absent.person,
  absent.period,
  CASE
    WHEN pupils.special_class THEN 'special'
    WHEN NOT pupils.special_class THEN 'ordinary'
    ELSE 'unknown'
  END AS class_kind,
  absent.days AS numerator,
  CAST(absent.school_days AS DOUBLE) AS denominator
FROM absent
LEFT JOIN pupils ON pupils.person = absent.person AND pupils.school_year = absent.period
WHERE absent.school_days > 0
