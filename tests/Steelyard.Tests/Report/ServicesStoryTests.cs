using Microsoft.AspNetCore.Builder;
using Steelyard.Analysis.Effects;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Services.Faults;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Tests.Report;

/// <summary>The page of a scenario of a user's own services tells the story that nobody wrote.</summary>
public sealed class ServicesStoryTests
{
    [Fact]
    public void It_says_who_serves_what_is_asked_what_breaks_and_what_is_promised() => Assert.Equal(
        "web-1 and web-2 serve, on web-db. 20 clients ask 50 times a second for 10s. Each seed draws other"
        + " faults: partition, crash. Every seed has these: web-1 killed, connections reset, at 2s for 500ms."
        + " Promised: “Every effect happens exactly once, retries included”.",
        ServicesStory.Of(World()
            .AddDatabase("web-db")
            .AddHost("web-2", Create)
            .Faults(FaultPalette.Partition | FaultPalette.Crash)
            .AddFaults(new KillFault
            {
                At = TimeSpan.FromSeconds(2), For = TimeSpan.FromMilliseconds(500), Nodes = ["web-1"],
            })
            .Expect(new ExactlyOnce("order")).ToScenario("web", "")));

    [Fact]
    public void It_says_so_where_nothing_breaks_and_nothing_is_promised() => Assert.Equal(
        "web-1 serves. 20 clients ask 50 times a second for 10s. Nothing is broken on purpose. Nothing is"
        + " promised.",
        ServicesStory.Of(World().ToScenario("web", "")));

    [Fact]
    public void A_request_is_called_by_what_it_did() => Assert.Equal(
        ["pay o7", "price k1 → 3"],
        History.Parse("""
            0 invoke pay {id: o7, sent: {path: /payments}}
            0 ok     pay
            1 invoke price key=k1 {sent: {path: /items/k1}}
            1 ok     price 3
            """).Operations.Select(OperationText.Label));

    static ServicesWorld World() => new ServicesWorld().AddHost("web-1", Create)
        .Drive(Drive.Http(op => op.Get("/")));

    static WebApplication Create(string[] args) => throw new InvalidOperationException("nothing runs here");
}
