--liquibase formatted sql

--changeset shop:1
create table shop_order (name varchar(100) not null primary key);
