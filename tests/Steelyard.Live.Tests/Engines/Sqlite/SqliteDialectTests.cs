using Steelyard.Live.Engines.Sqlite;

namespace Steelyard.Live.Tests.Engines.Sqlite;

public sealed class SqliteDialectTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(517, true)]
    [InlineData(262, true)]
    // SQLITE_IOERR_FSYNC and SQLITE_FULL: what was to be committed may be on the disk.
    [InlineData(1034, false)]
    [InlineData(13, false)]
    public void Only_a_lock_that_was_not_had_says_that_a_commit_did_nothing(int code, bool hasRolledBack) =>
        Assert.Equal(
            hasRolledBack, new SqliteDialect().HasRolledBack(new SqliteAnswerException(code, "refused")));

    [Theory]
    [InlineData(517, "SQLITE_BUSY_SNAPSHOT")]
    [InlineData(1034, "1034")]
    public void A_code_is_called_as_in_the_manual_where_it_is_known(int code, string name) =>
        Assert.Equal(name, new SqliteDialect().CodeOf(new SqliteAnswerException(code, "refused")));
}
