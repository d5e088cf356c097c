//! A page of a list of devices, in any order.

use model::{Device, DeviceId};

use crate::device_terms::CREDENTIAL;
use crate::devices::{COLUMNS, DeviceRow, of_tenant, push_filter};
use crate::sql::{Sql, on_store};
use crate::tx::Together;
use crate::{DeviceFilter, StoreResult, Tx};

/// A device in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedDevice {
    pub device: Device,
    /// `ok`, `failed` or `untested`, see [`crate::DeviceKey::Credential`].
    pub credential: String,
}

/// So many are sorted for one page of them, rather than all devices read in their order.
const FEW: u64 = 1_000;

/// Column of the devices, its table, and in it as `x` what is compared.
type Group = (&'static str, &'static str, &'static str);

impl Tx {
    /// A page of those that the filter lets through, and how many it lets through, wherever the page begins and ends.
    pub async fn device_page(&mut self, filter: &DeviceFilter) -> StoreResult<(Vec<ListedDevice>, u64)> {
        if filter.ids.as_ref().is_some_and(Vec::is_empty) {
            return Ok((Vec::new(), 0));
        }
        if filter.search.is_some() {
            return self.page_of_found(filter).await;
        }
        let (mut page, total) = match filter.order.by.group() {
            Some(group) => self.page_by_group(filter, group).await?,
            None if filter.terms.is_empty() => self.page_of_all(filter).await?,
            None => self.page_of_some(filter).await?,
        };
        Ok((listed(&mut page)?, total))
    }

    /// A text is looked for once; the page is of what it found.
    async fn page_of_found(&mut self, filter: &DeviceFilter) -> StoreResult<(Vec<ListedDevice>, u64)> {
        let mut sql = self.sql(format!("select d.id from devices d where {}", of_tenant(filter.is_by_id())));
        push_filter(&mut sql, filter);
        let found: Vec<(i64,)> = self.rows(1, sql).await?;
        if found.is_empty() {
            return Ok((Vec::new(), 0));
        }
        let total = found.len() as u64;
        let found = found.into_iter().map(|(id,)| DeviceId(id)).collect();
        let these = DeviceFilter { ids: Some(found), search: None, terms: Vec::new(), ..filter.clone() };
        let filter = if total <= FEW { &these } else { filter };
        let mut page = self.together(vec![(COLUMNS, self.select_page(filter, None, CREDENTIAL))]).await?;
        Ok((listed(&mut page)?, total))
    }

    async fn page_of_all(&mut self, filter: &DeviceFilter) -> StoreResult<(Together, u64)> {
        let page = vec![(COLUMNS, self.select_page(filter, None, CREDENTIAL))];
        let (page, count) = self.together_and_recent(page, (1, self.select_count(filter))).await?;
        Ok((page, total(count)?))
    }

    /// Few may fit: how many do is asked before.
    async fn page_of_some(&mut self, filter: &DeviceFilter) -> StoreResult<(Together, u64)> {
        let (_, count) = self.together_and_recent(Vec::new(), (1, self.select_count(filter))).await?;
        let total = total(count)?;
        let page = match total <= FEW {
            true => self.select_page_of_few(filter, CREDENTIAL),
            false => self.select_page(filter, None, CREDENTIAL),
        };
        Ok((self.together(vec![(COLUMNS, page)]).await?, total))
    }

    async fn page_by_group(&mut self, filter: &DeviceFilter, group: Group) -> StoreResult<(Together, u64)> {
        let (groups, total) = self.groups_of_page(filter, group).await?;
        let page = self.select_page(filter, Some(&groups), CREDENTIAL);
        Ok((self.together(vec![(COLUMNS, page)]).await?, total))
    }

    /// In the order of what a device has one of, such as its site: how many each has is counted, and only those need be sorted
    /// that are in the groups of which the page is. That condition, and how many there are in all.
    async fn groups_of_page(&mut self, filter: &DeviceFilter, group: Group) -> StoreResult<(Sql, u64)> {
        let (column, table, name) = group;
        // In which order names are, and which are past, the database alone knows: by the rules of its language.
        let (way, past) = if filter.order.descending { (" desc", "<") } else { ("", ">") };
        let mut sql = self.sql(format!("select g.id, {name}, g.n, cast("));
        match &filter.past {
            Some(place) => {
                filter.order.push_value(sql.push(&format!("case when {name} {past} ")), place);
                filter.order.push_value(sql.push(&format!(" then 1 when {name} = ")), place);
                sql.push(" then 0 else -1 end");
            }
            None => drop(sql.push("1")),
        }
        sql.push(&format!(" as bigint) from (select d.{column} as id, count(*) as n from devices d where "));
        sql.push(of_tenant(filter.is_by_id()));
        push_filter(&mut sql, filter);
        sql.push(&format!(" group by d.{column}) g left join {table} x on x.id = g.id order by 2{way}"));
        let (_, mut groups) = self.together_and_recent(Vec::new(), (4, sql)).await?;
        let groups: Vec<(Option<i64>, String, i64, i64)> = groups.rows()?;
        let total = groups.iter().map(|(_, _, n, _)| n.unsigned_abs()).sum();
        let (mut ids, mut has_none, mut found) = (Vec::new(), false, 0);
        let mut last: Option<&str> = None;
        for (id, name, n, past) in groups.iter().filter(|(.., past)| *past >= 0) {
            // Two may be called the same.
            if found >= u64::from(filter.limit.unwrap_or(u32::MAX)) && last != Some(name) {
                break;
            }
            // Of the group in which the page before ended nobody knows how many are left.
            found += if *past == 0 { 0 } else { n.unsigned_abs() };
            has_none |= id.is_none();
            ids.extend(*id);
            last = Some(name);
        }
        let mut condition = self.bare(format!("(d.{column}"));
        condition.is_one_of(ids);
        if has_none {
            condition.push(&format!(" or d.{column} is null"));
        }
        condition.push(")");
        Ok((condition, total))
    }

    /// How many the filter lets through, wherever a page begins and ends.
    fn select_count(&self, filter: &DeviceFilter) -> Sql {
        let mut sql = self.sql(format!("select count(*) from devices d where {}", of_tenant(filter.is_by_id())));
        push_filter(&mut sql, filter);
        sql
    }
}

fn listed(page: &mut Together) -> StoreResult<Vec<ListedDevice>> {
    let listed = |mut row: DeviceRow| {
        let credential = row.credential.take().unwrap_or_default();
        Ok(ListedDevice { device: row.into_device()?, credential })
    };
    page.rows()?.into_iter().map(listed).collect()
}

fn total(mut count: Together) -> StoreResult<u64> {
    Ok(count.rows::<(i64,)>()?.iter().map(|(count,)| count.unsigned_abs()).sum())
}

on_store! {
    read device_page(filter: &DeviceFilter) -> (Vec<ListedDevice>, u64);
}
