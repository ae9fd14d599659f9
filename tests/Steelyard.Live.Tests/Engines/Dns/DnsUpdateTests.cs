using Steelyard.Live.Engines.Dns;

namespace Steelyard.Live.Tests.Engines.Dns;

public sealed class DnsUpdateTests
{
    // As nsupdate writes "delete a.z TXT" and "add a.z 2 TXT 7" in zone z, RFC 2136 sections 2.2 to 2.5.
    [Fact]
    public void A_change_takes_all_texts_away_and_adds_one() => Assert.Equal(
        "0033" + "0001" + "2800" + "0001" + "0000" + "0002" + "0000"
        + "017a00" + "0006" + "0001"
        + "0161017a00" + "0010" + "00ff" + "00000000" + "0000"
        + "0161017a00" + "0010" + "0001" + "00000002" + "0002" + "0137",
        Convert.ToHexStringLower(DnsUpdate.Request("z", "a.z", "7")));
}
