using Steelyard.Analysis.Effects;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Payments.Tests;

public sealed class PaymentsScenario : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .AddDatabase("ledger-db")
        .AddHost("payments-1", args => Program.CreateApp(args))
        .AddHost("payments-2", args => Program.CreateApp(args))
        .Faults(FaultPalette.Partition | FaultPalette.Crash)
        .Drive(PaymentsWorkload.Retrying(clients: 20))
        .Expect(new ExactlyOnce("pay"));
}
