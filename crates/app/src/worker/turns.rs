//! Whose turn it is, and taking what is theirs: a look at all that is open, a decision without the database, a claim.

use model::Timestamp;
use scheduler::{Waiting, share_out};
use store::{OpenRun, RunItem, Store, StoreResult, Taker};

/// Takes up to `room` pieces, of the runs whose turn it is.
pub async fn take_turns(store: &Store, taker: Taker, room: usize, now: Timestamp) -> StoreResult<Vec<RunItem>> {
    let room = u32::try_from(room).unwrap_or(u32::MAX);
    // Most looks find nothing, and need not keep others from taking.
    if !store.anything_waits(taker).await? {
        return Ok(Vec::new());
    }
    let mut tx = store.begin().await?;
    tx.lock_queue().await?;
    let open = tx.open_runs(taker).await?;
    let shares = share_out(open.iter().map(waiting).collect(), room, now);
    let items = tx.take_pieces(taker, &shares, now).await?;
    tx.commit().await?;
    Ok(items)
}

fn waiting(open: &OpenRun) -> Waiting {
    Waiting {
        run: open.run,
        tenant: open.tenant,
        priority: open.terms.priority,
        weight: open.terms.weight,
        in_flight: open.in_flight,
        most: open.terms.concurrency,
        waits: open.waits,
        since: open.since,
        served: open.served,
    }
}
