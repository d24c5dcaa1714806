-- The last assessment of each theme in the year against the last one in an earlier year: fewer steps in all?
-- "Not assessed" says nothing and is passed over; it is not a 0.
WITH assessed AS (
  SELECT
    ffb_assessments.person,
    ffb_assessments.theme,
    extract(year FROM ffb_assessments.assessed_on) AS year,
    CASE ffb_assessments.level
      WHEN 'none' THEN 0
      WHEN 'light' THEN 1
      WHEN 'moderate' THEN 2
      WHEN 'severe' THEN 3
      WHEN 'complete' THEN 4
    END AS step,
    row_number() OVER (
      PARTITION BY
        ffb_assessments.person, ffb_assessments.theme, extract(year FROM ffb_assessments.assessed_on)
      ORDER BY ffb_assessments.assessed_on DESC, ffb_assessments.assessment_id DESC
    ) AS place
  FROM ffb_assessments
  WHERE ffb_assessments.level <> 'not_assessed'
),
compared AS (
  SELECT
    assessed.person,
    assessed.year,
    assessed.step,
    lag(assessed.step) OVER (PARTITION BY assessed.person, assessed.theme ORDER BY assessed.year) AS step_before
  FROM assessed
  WHERE assessed.place = 1
)
SELECT
  compared.person,
  calendar_years.period,
  CASE WHEN sum(compared.step) < sum(compared.step_before) THEN 1 ELSE 0 END AS numerator,
  1 AS denominator
FROM compared
JOIN calendar_years ON calendar_years.year = compared.year
WHERE compared.step_before IS NOT NULL
GROUP BY compared.person, calendar_years.period
