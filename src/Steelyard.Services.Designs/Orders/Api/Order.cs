using Steelyard.Services.Designs.Orders.Variants;

namespace Steelyard.Services.Designs.Orders.Api;

/// <summary>An order.</summary>
/// <param name="Id">Its name in all services.</param>
/// <param name="Units">How many units; above 0.</param>
/// <param name="Account">Who pays.</param>
internal sealed record Order(string Id, int Units, string Account)
{
    /// <summary>Where its units are reserved, with all that the services after it must know.</summary>
    public string Reservation => $"reservations/{Id}?units={Units}&account={Account}";

    /// <summary>Where it is paid.</summary>
    public string Charge => $"charges/{Id}?units={Units}&account={Account}";
}
