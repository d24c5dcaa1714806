-- Half of the median of the equivalised income, each person counted once, for every year of the register.
SELECT income.year, median(income.equivalised_income) / 2 AS half_of_median
FROM income
GROUP BY income.year
