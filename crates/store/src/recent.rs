//! Answers that take reading all of a table, such as how many devices there are: kept for a moment.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::sql::Sql;

/// How long an answer is good for when another process may have written. What this process writes ends it at once.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// Different questions whose answers are kept.
const MOST: usize = 64;

#[derive(Debug, Default)]
pub(crate) struct Recent {
    commits: AtomicU64,
    answers: Mutex<HashMap<String, Answer>>,
}

#[derive(Debug)]
struct Answer {
    rows: String,
    /// Of this process, before it was asked.
    commits: u64,
    asked: Instant,
}

/// A question that is asked now.
pub(crate) struct Question {
    key: String,
    commits: u64,
    asked: Instant,
}

impl Recent {
    pub fn question(&self, sql: &Sql) -> Question {
        let key = format!("{} {:?}", sql.text, sql.args);
        Question { key, commits: self.commits.load(Ordering::Acquire), asked: Instant::now() }
    }

    pub fn answer(&self, question: &Question) -> Option<String> {
        let answers = self.lock();
        let known = answers.get(&question.key)?;
        let is_good = known.commits == question.commits && question.asked.duration_since(known.asked) < GOOD_FOR;
        is_good.then(|| known.rows.clone())
    }

    pub fn keep(&self, question: Question, rows: String) {
        let mut answers = self.lock();
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(question.key, Answer { rows, commits: question.commits, asked: question.asked });
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Answer>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held while this process commits; also when nobody waits for its end, nothing that was asked before is good from then on.
pub(crate) struct Committing(pub Arc<Recent>);

impl Drop for Committing {
    fn drop(&mut self) {
        self.0.commits.fetch_add(1, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::Dialect;

    #[test]
    fn an_answer_is_good_until_something_is_written_or_a_moment_is_over() {
        let recent = Arc::new(Recent::default());
        let ask = |n: i64| recent.question(&Sql::new("select count(*)", Dialect::Sqlite).bind(n));
        recent.keep(ask(1), "[[7]]".to_owned());
        assert_eq!(recent.answer(&ask(1)).as_deref(), Some("[[7]]"));
        assert_eq!(recent.answer(&ask(2)), None, "another question");
        let later = Question { asked: Instant::now() + GOOD_FOR, ..ask(1) };
        assert_eq!(recent.answer(&later), None, "another process may have written");
        let before = ask(1);
        drop(Committing(Arc::clone(&recent)));
        assert_eq!(recent.answer(&ask(1)), None, "it was asked before the commit");
        recent.keep(before, "[[7]]".to_owned());
        assert_eq!(recent.answer(&ask(1)), None, "and so was this");
    }
}
