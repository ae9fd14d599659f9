using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Presence;

public sealed class PresenceTests
{
    [Fact]
    public void Leases_and_heartbeats_tell_who_is_online_whatever_breaks() =>
        ServicesTest.Run<DisturbedLeases>(1..Broken.Seeds);

    [Fact]
    public void Who_was_cut_off_by_a_crash_is_back_soon() => ServicesTest.Run<Leases>(1..3);

    [Fact]
    public void The_late_end_of_an_old_connection_takes_a_user_offline_who_is_there() =>
        Broken.At<CloseByUser>(1, "seen-online");

    [Fact]
    public void A_half_open_connection_keeps_its_user_online_for_ever() =>
        Broken.At<NoHeartbeat>(1, "seen-offline");

    [Fact]
    public void Clients_that_come_back_at_once_keep_a_host_from_letting_them_in() =>
        Broken.At<ReconnectAtOnce>(1, "connected-again");

    [Fact]
    public void What_changed_while_a_friend_was_cut_off_is_never_told() =>
        Broken.At<PushWithoutResync>(1, "pushes-arrive");
}
