using Steelyard.Histories;
using Steelyard.Services.Designs.Inventory;
using Steelyard.Services.Scenarios;
using Steelyard.Testing;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Tests.Inventory;

public sealed class EarlyCancelTests
{
    [Fact]
    public void A_sale_that_was_cancelled_before_it_came_is_never_made() =>
        ServicesTest.Run<EarlyCancel>(1..1);
}

/// <summary>A sale between two copies of one request to cancel it, the first of which overtook it.</summary>
public sealed class EarlyCancel : IServicesScenario
{
    public static void Build(ServicesWorld world) => new InventoryScenario()
        .AddTo(world, "conditional-update", new())
        .Drive(new(() => new OvertakenSale(), (client, hosts) => new InventoryClient(client, hosts, false))
        {
            Clients = 1,
            Duration = TimeSpan.FromSeconds(2),
        })
        .Expect(new AnsweredAlike());

    sealed class OvertakenSale : IWorkload
    {
        int _asked;

        public Invocation Next(in Turn turn)
        {
            var id = Math.Max(1, ++_asked - 2);
            return new(
                _asked is 1 or 3 ? InventoryWorkload.Cancel : InventoryWorkload.Sell, InventoryScenario.Item,
                Value.Map(("id", id), ("item", InventoryScenario.Item), ("quantity", 1)));
        }

        public IEnumerable<Invocation> FinalReads(Turn turn) =>
            [new(Functions.ReplicaState, "stock", Value.Nil)];
    }

    sealed class AnsweredAlike : IChecker
    {
        public string Name => "answered-alike";

        public Verdict Check(History history)
        {
            var answers = history.Operations.Take(3).Select(operation => operation.Output.ToString());
            var found = string.Join(", ", answers);
            return found == "true, false, true"
                ? Verdict.Holds(Name, "the sale was never made")
                : Verdict.Broken(Name, [new("two-answers", $"found {found}", [0, 2])]);
        }
    }
}
