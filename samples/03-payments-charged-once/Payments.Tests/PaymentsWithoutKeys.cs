using Steelyard.Analysis.Effects;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Payments.Tests;

/// <summary>The same, with one setting changed: a test that cannot fail shows nothing.</summary>
public sealed class PaymentsWithoutKeys : IServicesScenario
{
    public static void Build(ServicesWorld world) => world
        .AddDatabase("ledger-db")
        .AddHost("payments-1", args => Program.CreateApp([.. args, "--Keys:Ignored=true"]))
        .AddHost("payments-2", args => Program.CreateApp([.. args, "--Keys:Ignored=true"]))
        .Faults(FaultPalette.Partition | FaultPalette.Crash)
        .Drive(Drive.Http("pay", op => op.Post("/payments")
                .Json(new Payment(op.Id, op.Between(100, 2_000))).IdempotencyKey().Retry())
            .FinalRead("ledger", op => op.Get("/payments").Applied()))
        .Expect(new ExactlyOnce("pay"));
}
