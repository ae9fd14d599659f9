using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Services.Driving;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Tests.Driving;

/// <summary>A load said in requests: what it sends stands in the history, and so does what a client can know
/// of how it ended.</summary>
public sealed class DriveTests
{
    [Fact]
    public void A_load_asks_what_it_says_and_reads_at_the_end()
    {
        var run = Execute<BusyShelves>();

        Assert.All(run.Verdicts, verdict => Assert.Equal(Validity.Valid, verdict.Validity));
        var all = run.World.History.Operations.ToLookup(operation => operation.Function);
        Assert.Equal(
            ["GET /items/{key}", "PUT /items/{key}", "calls", "order", "replica-state"],
            all.Select(kind => kind.Key).Order(StringComparer.Ordinal));
        Assert.InRange(all["GET /items/{key}"].Count(), 100, 200);
        Assert.InRange(all["order"].Count(), 50, 100);
        var put = all["PUT /items/{key}"].First();
        Assert.Matches("^/items/k[123]$", put.Input["sent"]["path"].AsText);
        Assert.Equal(put.Input["sent"]["path"].AsText, $"/items/{put.Key.AsText}");
        Assert.Equal($"{{\"value\":{put.Input["value"]}}}", put.Input["sent"]["body"].AsText);
        var headers = all["order"].First().Input["sent"]["headers"];
        Assert.Matches("^t[12]$", headers["Tenant"].AsText);
        Assert.Equal(all["order"].First().Input["id"], headers["Idempotency-Key"]);
        // Each key once more at the end, which is what was put last.
        var finals = all["GET /items/{key}"].Where(read => !read.IsRequest).ToList();
        Assert.Equal(["k1", "k2", "k3"], finals.Select(read => read.Key.AsText));
        Assert.All(finals, read => Assert.Contains(
            all["PUT /items/{key}"],
            one => one.Key == read.Key && one.Input["value"] == read.Output));
    }

    [Fact]
    public void What_is_refused_is_an_answer_and_what_was_done_is_read_from_the_database()
    {
        var orders = Execute<BusyShelves>().World.History.Operations
            .ToLookup(operation => operation.Function);

        var refused = orders["order"].Where(order => order.Output == Value.Of(false)).ToList();
        Assert.InRange(refused.Count, 1, orders["order"].Count() / 2);
        var books = Assert.Single(orders["replica-state"]);
        Assert.Equal("the books", books.Key);
        Assert.Equal(
            orders["order"].Except(refused).Select(order => order.Input["id"]).Order(),
            books.Output["applied"].AsList.ToArray().Order());
    }

    [Fact]
    public void What_a_watched_host_served_is_read_at_the_end()
    {
        var history = Execute<BusyShelves>().World.History;

        var calls = history.Operations.Single(operation => operation.Function == "calls");
        Assert.Equal("mailer", calls.Key);
        var served = calls.Output.AsList.ToArray();
        Assert.Equal(
            history.Operations.Count(one => one.Function == "order" && one.Output != Value.Of(false)),
            served.Length);
        Assert.All(served, call =>
        {
            Assert.Matches("^POST /mails/[0-9a-f-]{36}$", call["what"].AsText);
            Assert.Matches("^shelves-[12]$", call["from"].AsText);
            Assert.InRange(call["end"].AsInteger - call["begin"].AsInteger, 5_000_000, 6_000_000);
            Assert.Equal(200, call["status"]);
        });
    }

    [Fact]
    public void What_nobody_answered_may_have_been_done_unless_it_only_reads()
    {
        var operations = Execute<LonelyShelves>().World.History.Operations
            .Where(operation => operation.IsSent).ToLookup(operation => operation.Function);

        Assert.Contains(operations["put"], put => put is { Outcome: Outcome.Info, Error: "no answer" });
        Assert.DoesNotContain(operations["put"], put => put.Outcome == Outcome.Fail);
        Assert.Contains(operations["get"], get => get is { Outcome: Outcome.Fail, Error: "no answer" });
        Assert.DoesNotContain(operations["get"], get => get.Outcome == Outcome.Info);
        Assert.Equal(
            [(Outcome.Fail, "answered 404"), (Outcome.Info, "no answer")],
            operations["stray"].Select(stray => (stray.Outcome, stray.Error!)).Distinct().Order());
    }

    [Fact]
    public void A_load_is_the_same_in_another_process() =>
        Assert.Equal(FreshRun.Of<BusyShelves>(3), FreshRun.Of<BusyShelves>(3));

    public static TheoryData<string, HttpLoad, string> Mistakes => new()
    {
        { "no method", Drive.Http(op => op.Json(1)), "Drive: expected op.Post(\"/…\") or another method" },
        { "no slash", Drive.Http(op => op.Get("items")), "a path that begins with /, such as GET /payments" },
        { "no host", Drive.Http(op => op.Get("/").To("shelf-1")), "AddHost (shelves-1), found \"shelf-1\"" },
        { "twice", Drive.Http(op => op.Post("/a")).And(op => op.Post("/a")), "found \"POST /a\" twice" },
        { "no key", Drive.Http(op => op.Get("/")) with { Keys = 0 }, "at least 1 key and 1 tenant, found 0" },
        {
            "no hosts", Drive.Http(op => op.Get("/")) with { Hosts = ["shelf-1"] },
            "AddHost (shelves-1), found \"shelf-1\""
        },
        {
            "no database", Drive.Http(op => op.Get("/")).FinalRows("SELECT 1"),
            "FinalRows: expected a database of AddDatabase (), found none"
        },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_load_that_cannot_be_sent_is_refused_before_anything_runs(
        string what, HttpLoad load, string said)
    {
        var world = new ServicesWorld().AddHost("shelves-1", Shelves.Create).Drive(load);

        var mistake = Assert.Throws<UserMistakeException>(() => world.ToScenario(what, what));

        Assert.Contains(said, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_to_watch_must_be_one()
    {
        var world = new ServicesWorld().AddHost("mailer", Shelves.CreateMailer).Watch("mailr")
            .Drive(Drive.Http(op => op.Get("/")));

        Assert.Contains(
            "after Watch, found \"mailr\"; did you mean \"mailer\"?",
            Assert.Throws<UserMistakeException>(() => world.ToScenario("one", "one")).Message,
            StringComparison.Ordinal);
    }

    static RunResult Execute<TScenario>()
        where TScenario : IServicesScenario
    {
        var tested = TestedScenario.Of(typeof(TScenario));
        using var world = tested.CreateSharedWorld();
        return Run.Execute(tested.Request.With(new Seed(1)), world, RunControl.None);
    }
}
