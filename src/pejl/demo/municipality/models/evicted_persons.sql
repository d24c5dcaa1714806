-- Who lived in the household on the day before it was evicted, and whose district the household has. On the day itself
-- they may already have another address.
SELECT evictions.eviction_id, households.person, households.reference
FROM evictions
JOIN households
  ON households.household = evictions.household
  AND households.from_day < evictions.stage_day
  AND (households.to_day IS NULL OR households.to_day >= evictions.stage_day - 1)
WHERE evictions.stage = 'carried_out'
