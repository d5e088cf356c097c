//! HTTP: routes and their own types, sessions, the stream of events, the OpenAPI document, the embedded user interface.
//!
//! Handlers are thin: they read what was asked, call one verb of `app`, and show the result. Who may do what is decided
//! in `app`.

mod api;
mod audit;
mod batches;
mod by;
mod captures;
mod changes;
mod credentials;
mod dashboard;
mod devices;
mod docs;
mod events;
mod executions;
mod facts;
mod find;
mod follow;
mod guard;
mod headers;
mod health;
mod hub;
mod inventories;
mod job_runs;
mod jobs;
mod listen;
mod metrics;
mod notes;
mod notifications;
mod old_routes;
mod origin;
mod page;
mod problem;
mod records;
mod reports;
mod runs;
mod schedules;
mod search;
mod secret;
mod session;
mod sources;
mod stall;
mod state;
mod system;
mod templates;
mod terminals;
mod tls;
mod topology;
mod ui;
mod users;
mod vault;

pub use api::{openapi_json, router};
pub use listen::{ServeError, Server, Tls};
pub use state::{Options, Web};
pub use ui::is_there as has_screens;
