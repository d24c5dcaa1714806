-- Half of the median of equivalised incomes, by year.
select year, median(equivalised_income) / 2 as line
from income
group by year
