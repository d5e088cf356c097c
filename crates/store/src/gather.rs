//! Questions that wait for an answer at the same time go to the database as one statement.
//!
//! Most answers are a few rows: the way to the database and back, and the beginning of a statement, are most of what they
//! cost. What asks need not know of it: futures that run side by side, each with its questions one after the other, take as many
//! statements as the longest of them has questions.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Poll, Waker};

use tokio::sync::oneshot;

use crate::sql::Sql;
use crate::tx::Together;
use crate::{Store, StoreError, StoreResult};

/// Selects, each with the number of its columns.
pub(crate) type Selects = Vec<(usize, Sql)>;

struct Question {
    selects: Selects,
    answer: oneshot::Sender<Together>,
}

/// Questions that nobody has taken to the database yet, and who takes them.
#[derive(Default)]
struct Waiting(Mutex<(Vec<Question>, Option<Waker>)>);

/// Where the questions of a [`Store::gather`] wait. When it is over, nothing waits there any more.
#[derive(Clone)]
pub(crate) struct Gathering(Weak<Waiting>);

impl Gathering {
    /// The answers, or the selects as they were when they must be asked by themselves.
    pub async fn ask(&self, selects: Selects) -> Result<StoreResult<Together>, Selects> {
        let Some(waiting) = self.0.upgrade() else { return Err(selects) };
        let (answer, answered) = oneshot::channel();
        let taker = {
            let mut waiting = waiting.lock();
            waiting.0.push(Question { selects, answer });
            waiting.1.take()
        };
        drop(waiting);
        // It may be another task that asks.
        if let Some(taker) = taker {
            taker.wake();
        }
        Ok(answered.await.map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed)))
    }
}

impl Waiting {
    fn lock(&self) -> MutexGuard<'_, (Vec<Question>, Option<Waker>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All of them; when there are none, `taker` is woken by the next.
    fn take(&self, taker: &Waker) -> Vec<Question> {
        let mut waiting = self.lock();
        let questions = std::mem::take(&mut waiting.0);
        waiting.1 = questions.is_empty().then(|| taker.clone());
        questions
    }
}

impl Store {
    /// Runs work that reads by the store that it is given. Questions that it asks at the same time, as by `join!`, are one statement,
    /// and those that are the same are asked once; a question that is asked alone is a statement by itself.
    ///
    /// # Errors
    /// What the database says to one of those statements. The work ends there.
    pub async fn gather<T, F: Future<Output = T>>(&self, work: impl FnOnce(Store) -> F) -> StoreResult<T> {
        let waiting = Arc::new(Waiting::default());
        let mut work = pin!(work(self.gathering(Gathering(Arc::downgrade(&waiting)))));
        // Both go on at the same time: what the work reads by itself may hold what the statement waits for.
        let mut asking = None;
        poll_fn(|cx| {
            loop {
                if let Poll::Ready(done) = work.as_mut().poll(cx) {
                    return Poll::Ready(Ok(done));
                }
                let asked = match &mut asking {
                    Some(asked) => asked,
                    None => {
                        let questions = waiting.take(cx.waker());
                        if questions.is_empty() {
                            return Poll::Pending;
                        }
                        asking.insert(Box::pin(self.answer(questions)))
                    }
                };
                match asked.as_mut().poll(cx) {
                    Poll::Ready(Ok(())) => asking = None,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => return Poll::Pending,
                }
            }
        })
        .await
    }

    async fn answer(&self, questions: Vec<Question>) -> StoreResult<()> {
        let (selects, askers) = each_once(questions);
        let answers = self.reader().await?.together(selects).await?;
        for Asker { answer, places } in askers {
            // Who no longer waits needs no answer.
            let _ = answer.send(answers.at(&places));
        }
        Ok(())
    }
}

/// Who asked, and where its selects are among those that go to the database.
struct Asker {
    answer: oneshot::Sender<Together>,
    places: Vec<usize>,
}

/// Each select once, and who asked for them.
fn each_once(questions: Vec<Question>) -> (Selects, Vec<Asker>) {
    let mut selects: Selects = Vec::new();
    let mut askers = Vec::with_capacity(questions.len());
    for question in questions {
        let place = |select| match selects.iter().position(|asked| *asked == select) {
            Some(place) => place,
            None => {
                selects.push(select);
                selects.len() - 1
            }
        };
        let places = question.selects.into_iter().map(place).collect();
        askers.push(Asker { answer: question.answer, places });
    }
    (selects, askers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Dialect;

    #[test]
    fn what_two_ask_is_asked_once_and_what_differs_in_an_argument_is_not() {
        let select = |name: &str| (1, Sql::new("select id from devices where name = $1", Dialect::Sqlite).bind(name));
        let question = |names: &[&str]| Question {
            selects: names.iter().map(|name| select(name)).collect(),
            answer: oneshot::channel().0,
        };
        let (selects, askers) = each_once(vec![question(&["a", "b"]), question(&["b"]), question(&["c", "a", "a"])]);
        let places: Vec<&[usize]> = askers.iter().map(|asker| &*asker.places).collect();
        assert_eq!((selects.len(), &*places), (3, &[&[0, 1][..], &[1], &[2, 0, 0]][..]));
    }
}
