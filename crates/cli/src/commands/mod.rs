//! One file for each command: read the arguments, call one verb, show the result.

pub mod backup;
pub mod capture;
pub mod captures;
pub mod changes;
pub mod configs;
pub mod creds;
pub mod detect;
pub mod devices;
pub mod discover;
pub mod executions;
pub mod export;
pub mod facts;
pub mod find;
pub mod hostkeys;
pub mod init;
pub mod lab;
mod lab_verify;
pub mod parse;
pub mod platform;
pub mod report;
pub mod route;
pub mod search;
pub mod snmp;
pub mod status;
pub mod templates;
pub mod topology;
pub mod vault;
