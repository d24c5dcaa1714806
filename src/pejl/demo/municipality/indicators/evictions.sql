-- Evictions that were carried out, whoever lived in the household. Notices and dates set do not count.
-- The year is that of the eviction; where the household stood is read the day before.
SELECT evictions.eviction_id, calendar_years.period, evictions.stage_day - 1 AS event_date, 1 AS numerator
FROM evictions
JOIN calendar_years ON evictions.stage_day BETWEEN calendar_years.first_day AND calendar_years.last_day
WHERE evictions.stage = 'carried_out'
