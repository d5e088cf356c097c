//! Log-ins on jump hosts, which are nobody's in particular.

use std::future::pending;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use transport::{Attempt, Doorkeeper, Jump, Legacy, Target, Tunnel};

use super::*;

/// Lets in whoever comes, or nobody; knows how each log-in ended.
#[derive(Default)]
struct Door {
    is_busy: bool,
    asked: AtomicUsize,
    /// For their turn.
    waiting: Arc<()>,
    ended: Mutex<Vec<bool>>,
}

impl Doorkeeper for Door {
    fn admit<'a>(&'a self, _: &'a Jump, log_in: Attempt<'a>) -> Attempt<'a> {
        Box::pin(async move {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let _waiting = self.waiting.clone();
            if self.is_busy {
                pending::<()>().await;
            }
            let result = log_in.await;
            self.ended.lock().expect("free").push(result.is_ok());
            result
        })
    }
}

/// A device behind a jump host.
async fn behind(jump: Script, door: &Arc<Door>) -> Target {
    let jump = Jump { addr: jump.serve().await, login: Arc::new(login()) };
    let tunnel = Tunnel::new(vec![jump], Legacy::Never);
    tunnel.guard(door.clone());
    Target { via: Some(Arc::new(tunnel)), ..Target::from(Script::default().serve().await) }
}

async fn visit(target: &Target) -> Result<(), SessionError> {
    let mut session = Session::open(target.clone(), &login(), &keys(), &limits(), profile()).await?;
    session.ask("show clock").await.map(drop)
}

async fn dropped(target: &Target, after: u64) {
    let visit = tokio::time::timeout(Duration::from_millis(after), visit(target)).await;
    assert!(visit.is_err(), "it is still at the jump host");
}

async fn until(is_so: impl Fn() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_secs(5), "it never was");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_log_in_goes_on_when_the_visit_that_began_it_is_dropped() {
    let jump = Script { thinks: Duration::from_millis(600), ..Script::default() };
    let (offered, door) = (jump.offered.clone(), Arc::<Door>::default());
    let target = behind(jump, &door).await;
    let visits = (0..3).map(|_| dropped(&target, 300));
    futures::future::join_all(visits).await;
    until(|| *door.ended.lock().expect("free") == [true]).await;
    visit(&target).await.expect("the way is open");
    assert_eq!((offered.lock().expect("free").len(), door.asked.load(Ordering::SeqCst)), (1, 1));
}

#[tokio::test]
async fn a_refusal_is_heard_although_nobody_waits_for_it() {
    let jump = Script { thinks: Duration::from_millis(400), password: "other", ..Script::default() };
    let (offered, door) = (jump.offered.clone(), Arc::<Door>::default());
    let target = behind(jump, &door).await;
    dropped(&target, 200).await;
    until(|| *door.ended.lock().expect("free") == [false]).await;
    let error = visit(&target).await.expect_err("refused");
    assert_eq!(error.class(), FailureClass::JumpHostFailed);
    assert_eq!(offered.lock().expect("free").len(), 1, "and it is not asked again");
}

#[tokio::test]
async fn whoever_waits_for_a_turn_and_is_dropped_has_not_been_refused() {
    let door = Arc::new(Door { is_busy: true, ..Door::default() });
    let target = behind(Script::default(), &door).await;
    dropped(&target, 300).await;
    until(|| Arc::strong_count(&door.waiting) == 1).await;
    dropped(&target, 300).await;
    assert_eq!(door.asked.load(Ordering::SeqCst), 2, "the next one asks for its turn again");
    assert!(door.ended.lock().expect("free").is_empty());
}
