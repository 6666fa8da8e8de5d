namespace GameImages.WebApi.Users;

/// <summary>Marks an action that lists, of which each user may run only a few at once (Users:Lists), and fewer with a text (Users:Searches).</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ListsAttribute : Attribute;
