using Steelyard.Services.Databases;
using Steelyard.Services.Tests.Databases;

namespace Steelyard.Services.Tests;

public sealed class DatabaseSessionTests
{
    [Fact]
    public void A_text_that_has_to_wait_in_a_transaction_of_its_own_runs_again_from_its_start() =>
        DatabaseHost.Run((_, life) =>
        {
            const string Text = "BEGIN; INSERT INTO seen VALUES (2); COMMIT";
            var one = life.Database.Open();
            var two = life.Database.Open();

            Done(one, "CREATE TABLE seen (number INTEGER)");
            life.Save();
            life.After(10, () =>
            {
                Done(one, "BEGIN IMMEDIATE; INSERT INTO seen VALUES (1)");
                Assert.Null(Run(two, Text));
                Done(one, "COMMIT");
                life.Save();
            });
            life.After(20, () =>
            {
                Done(two, Text);
                var rows = Run(two, "SELECT number FROM seen ORDER BY number")?.Rows.Select(row => row[0]);
                Assert.Equal([1L, 2L], rows);
                Assert.False(two.IsInTransaction);
            });
        });

    static void Done(DatabaseSession session, string sql)
    {
        var answer = Run(session, sql);
        Assert.NotNull(answer);
        Assert.Null(answer.Error);
    }

    static DatabaseAnswer? Run(DatabaseSession session, string sql) =>
        session.Execute(new(DatabaseRequestKind.Execute, sql, []));
}
