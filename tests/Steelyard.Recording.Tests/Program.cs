using Steelyard.Recording.Tests;

// A test starts this assembly as a program that records and is killed; all else is the tests' own.
return args is [KilledRecorderTests.Word, var path] ? KilledRecorderTests.RecordUntilKilled(path) : 2;
