using Steelyard.Services.Scenarios;

namespace WellKnownFaults.Tests;

public sealed class KeyStoredAfterChargeWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.KeyStoredAfterCharge(
        world, KeyStoredAfterCharge.CreateApp);
}

public sealed class KeyStoredAfterChargeMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.KeyStoredAfterCharge(
        world, KeyStoredAfterCharge.CreateMended);
}

public sealed class TwoPollersOfOneOutboxWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.TwoPollersOfOneOutbox(
        world, TwoPollersOfOneOutbox.CreateShop,
        TwoPollersOfOneOutbox.CreateWarehouse);
}

public sealed class TwoPollersOfOneOutboxMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.TwoPollersOfOneOutbox(
        world, TwoPollersOfOneOutbox.CreateMendedShop,
        TwoPollersOfOneOutbox.CreateMendedWarehouse);
}

public sealed class PostRetriedByStandardHandlerWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.PostRetriedByStandardHandler(
        world, PostRetriedByStandardHandler.CreateCheckout);
}

public sealed class PostRetriedByStandardHandlerMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.PostRetriedByStandardHandler(
        world, PostRetriedByStandardHandler.CreateMendedCheckout);
}

public sealed class AmbiguousCommitWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.AmbiguousCommit(
        world, AmbiguousCommit.CreateApp);
}

public sealed class AmbiguousCommitMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.AmbiguousCommit(
        world, AmbiguousCommit.CreateMended);
}

public sealed class LostUpdateWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.LostUpdate(
        world, LostUpdate.CreateApp);
}

public sealed class LostUpdateMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.LostUpdate(
        world, LostUpdate.CreateMended);
}

public sealed class LeaseOutlivedWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.LeaseOutlived(
        world, LeaseOutlived.CreateLedger);
}

public sealed class LeaseOutlivedMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.LeaseOutlived(
        world, LeaseOutlived.CreateMendedLedger);
}

public sealed class StaleCacheFillWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.StaleCacheFill(
        world, StaleCacheFill.CreateApp);
}

public sealed class StaleCacheFillMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.StaleCacheFill(
        world, StaleCacheFill.CreateMended);
}

public sealed class InboxRaceWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.InboxRace(
        world, InboxRace.CreateApp);
}

public sealed class InboxRaceMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.InboxRace(
        world, InboxRace.CreateMended);
}

public sealed class RetryWithTrackedEntityWrong : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.RetryWithTrackedEntity(
        world, RetryWithTrackedEntity.CreateApp);
}

public sealed class RetryWithTrackedEntityMended : IServicesScenario
{
    public static void Build(ServicesWorld world) => Pairs.RetryWithTrackedEntity(
        world, RetryWithTrackedEntity.CreateMended);
}
