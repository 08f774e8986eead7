-- The channels that alerts were ever made for. No row: there was no alert yet.
select distinct channel from dcs.alert order by channel
