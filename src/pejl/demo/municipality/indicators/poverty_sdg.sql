-- Statistics Denmark's coding is inverted: 1 means that the criterion for being poor is met.
SELECT
  income.person,
  calendar_years.period,
  CASE
    WHEN
      income.sdgfat_lavindkomst = 1
      AND income.sdgfat_nf = 1
      AND income.sdgfat_stud = 1
      AND income.sdgfat_hjfra = 1
      AND income.sdgfat_nul = 1
      THEN 1
    ELSE 0
  END AS numerator,
  1 AS denominator
FROM income
JOIN calendar_years ON calendar_years.year = income.year
JOIN residence
  ON residence.person = income.person
  AND residence.from_day <= calendar_years.last_day
  AND (residence.to_day IS NULL OR residence.to_day >= calendar_years.last_day)
