using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Files;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Files;

/// <summary>Of architectures in which several parts are full at once: which is so for itself, and which for
/// want of another.</summary>
public sealed class ArchitectureBottleneckTests
{
    [Fact]
    public void In_a_chain_of_calls_that_wait_the_deepest_holds_up_all_before_it()
    {
        var found = Of("""
            users: { is: clients, rate: 120/s, to: web }
            web: { is: service, workers: 4, time: exp 2ms, to: api }
            api: { is: service, workers: 3, time: exp 2ms, to: db }
            db: { is: database, workers: 1, time: exp 10ms }
            """);

        Assert.Equal("db", found.First!.Name);
        Assert.Equal(["api", "web"], found.HeldUp.Order());
        Assert.Empty(found.FullBesides);
        Assert.Contains("are full too, for want of it", Told(found), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_does_not_wait_for_its_mail_is_full_for_itself_and_so_is_the_mail()
    {
        const string Parts = """
            users: { is: clients, rate: 120/s, to: api }
            api: { is: service, workers: 40, time: exp 400ms, calls: [{ to: mail, async: ASYNC }] }
            mail: { is: service, workers: 1, time: exp 12ms }
            """;
        var told = Of(Parts.Replace("ASYNC", "true", StringComparison.Ordinal));
        var waits = Of(Parts.Replace("ASYNC", "false", StringComparison.Ordinal));

        // What users wait for comes first, though less is missing of it.
        Assert.Equal("api", told.First!.Name);
        Assert.Empty(told.HeldUp);
        Assert.Equal(["mail"], told.FullBesides);
        Assert.Contains(
            "mail is full too, for itself: its 1 worker is ", Told(told), StringComparison.Ordinal);
        Assert.Equal("mail", waits.First!.Name);
        Assert.Equal(["api"], waits.HeldUp);
    }

    [Fact]
    public void A_connection_waits_also_where_its_caller_does_not()
    {
        var found = Of("""
            users: { is: clients, rate: 60/s, to: api }
            api: { is: service, workers: 8, time: exp 2ms, calls: [{ to: mail, async: true, pool: 2 }] }
            mail: { is: service, workers: 1, time: exp 25ms }
            """);

        Assert.Equal("mail", found.First!.Name);
        Assert.Equal(["the pool from api to mail"], found.HeldUp);
    }

    [Fact]
    public void Behind_a_queue_nobody_waits_for_who_consumes_it_but_what_hands_on_to_it()
    {
        const string Parts = """
            users: { is: clients, rate: 120/s, to: api }
            api: { is: service, workers: 40, time: exp 400ms, to: orders }
            orders: { is: queue, consumers: 2, KEPT to: shipping }
            shipping: { is: service, workers: 1, time: exp 12ms }
            """;
        var endless = Of(Parts.Replace("KEPT", "", StringComparison.Ordinal));
        var blocks = Of(Parts.Replace("KEPT", "size: 5, when-full: block,", StringComparison.Ordinal));

        Assert.Equal("api", endless.First!.Name);
        Assert.Empty(endless.HeldUp);
        Assert.Equal(["shipping"], endless.FullBesides);
        Assert.Contains(
            "what orders hands on to shipping is full too, for want of it", Told(endless),
            StringComparison.Ordinal);
        // A queue that blocks whoever comes hands the trouble on.
        Assert.Equal("shipping", blocks.First!.Name);
        Assert.Contains("api", blocks.HeldUp);
    }

    [Fact]
    public void A_service_that_frees_its_workers_is_full_for_itself_and_its_pool_for_want_of_the_database()
    {
        const string Parts = """
            users: { is: clients, rate: 120/s, to: api }
            api: { is: service, workers: 1, time: exp 10ms, frees: FREES, calls: [{ to: db, pool: 2 }] }
            db: { is: database, workers: 1, time: exp 12ms }
            """;
        var frees = Of(Parts.Replace("FREES", "true", StringComparison.Ordinal));
        var waits = Of(Parts.Replace("FREES", "false", StringComparison.Ordinal));

        Assert.Equal("db", frees.First!.Name);
        Assert.Equal(["the pool from api to db"], frees.HeldUp);
        Assert.Equal(["api"], frees.FullBesides);
        Assert.Contains("api", waits.HeldUp.Concat([waits.First!.Name]));
        Assert.Empty(waits.FullBesides);
    }

    [Fact]
    public void Two_parts_that_do_not_wait_for_each_other_are_both_full_for_themselves()
    {
        var found = Of("""
            users: { is: clients, rate: 120/s, to: web }
            guests: { is: clients, rate: 120/s, to: api }
            web: { is: service, workers: 1, time: exp 10ms }
            api: { is: service, workers: 20, time: exp 2ms, to: db }
            db: { is: database, workers: 1, time: exp 10ms }
            """);

        // More is held up by the database.
        Assert.Equal("db", found.First!.Name);
        Assert.Equal(["api"], found.HeldUp);
        Assert.Equal(["web"], found.FullBesides);
        Assert.Null(found.Next);
    }

    static string Told(Bottleneck found) => string.Join("\n", found.Sentences);

    static Bottleneck Of(string parts)
    {
        var lines = parts.Split('\n').Select(line => $"  {line}");
        var text = $"kind: architecture\nduration: 20s\nsettle: 1s\nparts:\n{string.Join('\n', lines)}\n";
        var scenario = ArchitectureScenario.Of(ArchitectureFile.Parse(text, "shop"));
        var world = new SimulatedWorld().Execute(scenario, FaultPlan.None, new Seed(1), RunControl.None);
        return ((ArchitectureAccount)world.Account!).Bottleneck;
    }
}
