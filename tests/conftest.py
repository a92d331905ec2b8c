"""What all tests share."""

from tests.emptying import let_transactional_tests_empty_the_database

let_transactional_tests_empty_the_database()
