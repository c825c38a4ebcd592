package com.example.shop;

record Placed(String item, boolean confirmed) {}
