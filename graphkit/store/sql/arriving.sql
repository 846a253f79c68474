CREATE OR REPLACE TEMP TABLE arriving (file_key INTEGER, statements VARCHAR, links VARCHAR)
